/**
 * Where the two streams meet: a miss or a change goes from {@code feed} through {@code compile} to
 * {@code live}; single flight, bounded waits, last good, the copy on disk. Imports those three,
 * {@code model}, {@code route}, {@code client}, {@code upstream} and {@code snapshot}.
 */
@NullMarked
package dev.wick.gateway.draw;

import org.jspecify.annotations.NullMarked;
