/**
 * The kill harness: writers and readers at a store that is killed at random moments, and the
 * judgement afterwards. Imports the harness alone.
 */
@NullMarked
package dev.wick.e2e.kill;

import org.jspecify.annotations.NullMarked;
