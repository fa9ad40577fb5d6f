#!/bin/sh
# Installs godwit: fetches the executable for this machine from where a release lies, compares it with SHA256SUMS, and puts it in
# place only if it runs here.
#
#   GODWIT_BASE_URL     where the files of the release are; http, https or file
#   GODWIT_INSTALL_DIR  where the executable goes; ~/.local/bin, and /usr/local/bin for root
#   GODWIT_TARGET       such as linux-arm64-musl, when the machine is told wrongly
set -eu

# `npm run release -- --base-url=URL` writes the address here.
base_url=''

# Called in the last line, so that half a script does nothing.
main() {
	base_url=${GODWIT_BASE_URL:-$base_url}
	[ -n "$base_url" ] || fail 'where is the release? set GODWIT_BASE_URL to the address of the directory that holds SHA256SUMS'
	base_url=${base_url%/}
	target=${GODWIT_TARGET:-$(this_machine)}
	name=godwit-$target
	directory=${GODWIT_INSTALL_DIR:-$(usual_directory)}

	mkdir -p "$directory" || fail "cannot make the directory \"$directory\"; set GODWIT_INSTALL_DIR to another one"
	# Beside the place where it goes, so that it comes there in one step.
	staging=$(mktemp -d "$directory/.godwit-XXXXXX") || fail "cannot write to \"$directory\"; set GODWIT_INSTALL_DIR to another one"
	trap 'rm -rf "$staging"' EXIT
	trap 'exit 1' HUP INT TERM

	fetch SHA256SUMS
	expected=$(awk -v name="$name" '$2 == name { print $1 }' "$staging/SHA256SUMS")
	[ -n "$expected" ] || fail "\"$base_url/SHA256SUMS\" names no \"$name\": there is no godwit for this machine in that release"
	fetch "$name"
	found=$(sha256 "$staging/$name")
	[ "$found" = "$expected" ] ||
		fail "\"$base_url/$name\" is not what SHA256SUMS says, nothing was installed: expected $expected, found $found"

	chmod 755 "$staging/$name"
	version=$("$staging/$name" --version) ||
		fail "\"$name\" does not run here, nothing was installed; on Alpine it needs: apk add libstdc++ libgcc"
	mv -f "$staging/$name" "$directory/godwit"
	echo "installed $version as $directory/godwit"
	case ":${PATH:-}:" in
	*":$directory:"*) ;;
	*) echo "\"$directory\" is not in PATH" ;;
	esac
}

fail() {
	echo "install.sh: $1" >&2
	exit 1
}

this_machine() {
	case $(uname -s) in
	Linux) system=linux ;;
	Darwin) system=darwin ;;
	*) fail "there is no godwit for \"$(uname -s)\" that this script can install; on Windows, take godwit-windows-x64.exe" ;;
	esac
	case $(uname -m) in
	x86_64 | amd64) processor=x64 ;;
	aarch64 | arm64) processor=arm64 ;;
	*) fail "there is no godwit for the processor \"$(uname -m)\"; there is one for x64 and one for arm64" ;;
	esac
	libc=''
	if [ "$system" = linux ]; then
		for loader in /lib/ld-musl-*; do
			# On a system with both, the one that everything else uses.
			if [ -e "$loader" ] && ! [ -e /lib64/ld-linux-x86-64.so.2 ] && ! [ -e /lib/ld-linux-aarch64.so.1 ]; then libc=-musl; fi
		done
	fi
	echo "$system-$processor$libc"
}

usual_directory() {
	if [ "$(id -u)" = 0 ]; then
		echo /usr/local/bin
	else
		[ -n "${HOME:-}" ] || fail 'there is no HOME; set GODWIT_INSTALL_DIR'
		echo "$HOME/.local/bin"
	fi
}

fetch() {
	if command -v curl >/dev/null 2>&1; then
		curl -fsSL --retry 2 -o "$staging/$1" "$base_url/$1" || fail "cannot fetch \"$base_url/$1\""
	elif command -v wget >/dev/null 2>&1; then
		wget -q -O "$staging/$1" "$base_url/$1" || fail "cannot fetch \"$base_url/$1\""
	else
		fail 'neither curl nor wget is installed'
	fi
}

sha256() {
	if command -v sha256sum >/dev/null 2>&1; then
		sha256sum <"$1" | cut -d ' ' -f 1
	elif command -v shasum >/dev/null 2>&1; then
		shasum -a 256 <"$1" | cut -d ' ' -f 1
	else
		fail 'neither sha256sum nor shasum is installed, so the download cannot be compared with SHA256SUMS'
	fi
}

main "$@"
