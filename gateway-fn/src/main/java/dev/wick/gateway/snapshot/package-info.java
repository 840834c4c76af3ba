/**
 * All that one request may need, with its revision: the compiled routes of its host and the
 * clusters they send to. Imports {@code format}, {@code http}, {@code entry}, {@code route}, {@code
 * overload} and {@code upstream}.
 */
@NullMarked
package dev.wick.gateway.snapshot;

import org.jspecify.annotations.NullMarked;
