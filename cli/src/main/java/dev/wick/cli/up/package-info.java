/**
 * {@code wick up}: a store and an instance as children of this process, kept alive and ended in
 * order. Imports arguments, store and command.
 */
@NullMarked
package dev.wick.cli.up;

import org.jspecify.annotations.NullMarked;
