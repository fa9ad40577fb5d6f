import { transitionDatabases } from "./transition-databases.ts";
import { type Outcome, openStage, type Stage } from "./transition-story.ts";
import type { Transition, TransitionDialect } from "./transitions.ts";

/** Plays each transition on the first stage that is free. Stages are opened when they are needed. */
export function lanesOf(dialect: TransitionDialect): Stage {
  const free: Promise<Stage>[] = [];
  const all: Promise<Stage>[] = [];
  const waiting: ((stage: Promise<Stage>) => void)[] = [];
  const take = (): Promise<Stage> => {
    const stage = free.pop();
    if (stage) return stage;
    if (all.length < transitionDatabases[dialect].sideBySide) {
      const opened = openStage(dialect);
      all.push(opened);
      return opened;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const play = async (transition: Transition): Promise<Outcome> => {
    const stage = await take();
    try {
      return await stage.play(transition);
    } finally {
      const next = waiting.shift();
      if (next) next(Promise.resolve(stage));
      else free.push(Promise.resolve(stage));
    }
  };
  const close = async (): Promise<void> => {
    for (const stage of all) await (await stage).close();
  };
  return { play, close };
}
