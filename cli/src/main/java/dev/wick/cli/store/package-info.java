/**
 * Asks a store over HTTP and reads and prints what it says, whatever its shape. Imports arguments,
 * the model's problems, Jackson's streaming JSON and SnakeYAML's emitter.
 */
@NullMarked
package dev.wick.cli.store;

import org.jspecify.annotations.NullMarked;
