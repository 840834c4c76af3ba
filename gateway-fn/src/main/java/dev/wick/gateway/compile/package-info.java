/**
 * From the model to what requests run through, or to the problems that stand in the way; with
 * {@code route.compile} and {@code entry.compile} the only package that sees both. Imports {@code
 * model}, these two with what they make, {@code format}, {@code http}, {@code observe}, {@code
 * balance}, {@code health}, {@code overload}, {@code upstream} and {@code snapshot}.
 */
@NullMarked
package dev.wick.gateway.compile;

import org.jspecify.annotations.NullMarked;
