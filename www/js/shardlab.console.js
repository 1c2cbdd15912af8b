/**
 * The console's part of the engine, which is a file of its own: who runs no lines loads none of it.
 *
 * shardlab.js fetches the file first, so that the engine finds it at hand when it asks for it.
 */
import { initSync, loadConsole } from "./shardlab.glue.js";

let file;
/** The engine that it is part of. */
let linkedTo;

/** Puts the console into the engine as it is now; an engine that was made anew wants it again. */
export function bring(module) {
  file = module;
  if (!loadConsole()) throw new Error("its file belongs to another engine");
}

/** Called by the engine: links the file to it, and tells by a function of its table how that went. */
export function __wasm_split_load_console(callback, place) {
  const engine = initSync();
  try {
    if (linkedTo !== engine) new WebAssembly.Instance(file, { __wasm_split: engine });
    linkedTo = engine;
  } catch {
    // Whoever brings it is told.
  }
  engine.__indirect_function_table.get(callback)(place, linkedTo === engine ? 1 : 0);
}
