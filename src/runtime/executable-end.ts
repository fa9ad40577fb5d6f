/**
 * Where an executable of Linux, macOS or Windows says that it ends, from its first 4096 bytes; `size`, that of the file, for anything else and where
 * they do not tell. What lies behind that was appended.
 */
export function endOfExecutable(head: Buffer, size: number): number {
  const end = head.length < 64 ? 0 : (endOfElf(head) ?? endOfMachO(head) ?? endOfPortable(head) ?? 0);
  return end > 64 ? end : size;
}

/** The table of sections comes last in what linkers write. */
function endOfElf(head: Buffer): number | undefined {
  if (head.readUInt32BE(0) !== 0x7f454c46 || head[4] !== 2 || head[5] !== 1) return undefined;
  return Number(head.readBigUInt64LE(40)) + head.readUInt16LE(58) * head.readUInt16LE(60);
}

/** The last segment holds the signature too. */
function endOfMachO(head: Buffer): number | undefined {
  if (head.readUInt32LE(0) !== 0xfeedfacf) return undefined;
  const LC_SEGMENT_64 = 0x19;
  let end = 0;
  let at = 32;
  for (let left = head.readUInt32LE(16); left > 0; left--) {
    if (at + 56 > head.length) return undefined;
    if (head.readUInt32LE(at) === LC_SEGMENT_64) {
      end = Math.max(end, Number(head.readBigUInt64LE(at + 40) + head.readBigUInt64LE(at + 48)));
    }
    at += head.readUInt32LE(at + 4);
  }
  return end;
}

/** The sections, and behind them the certificates of a signature, which no section holds. */
function endOfPortable(head: Buffer): number | undefined {
  const portable = head.toString("latin1", 0, 2) === "MZ" ? head.readUInt32LE(0x3c) : head.length;
  const optional = portable + 24;
  const certificates = optional + 112 + 4 * 8;
  if (certificates + 8 > head.length || head.toString("latin1", portable, portable + 4) !== "PE\0\0") return undefined;
  const sections = optional + head.readUInt16LE(portable + 20);
  const count = head.readUInt16LE(portable + 6);
  if (sections + count * 40 > head.length) return undefined;
  const ends = Array.from({ length: count }, (_, i) => {
    const section = sections + i * 40;
    return head.readUInt32LE(section + 16) + head.readUInt32LE(section + 20);
  });
  return Math.max(0, ...ends, head.readUInt32LE(certificates) + head.readUInt32LE(certificates + 4));
}
