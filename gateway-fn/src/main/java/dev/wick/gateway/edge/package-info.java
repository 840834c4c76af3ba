/**
 * Listeners and the protocols spoken on them: bytes to {@code exchange}, and back. Imports {@code
 * http}, {@code entry}, {@code codec}, {@code http2}, {@code client}, {@code observe}, {@code
 * overload}, {@code snapshot}, {@code live}, {@code exchange} and Netty.
 */
@NullMarked
package dev.wick.gateway.edge;

import org.jspecify.annotations.NullMarked;
