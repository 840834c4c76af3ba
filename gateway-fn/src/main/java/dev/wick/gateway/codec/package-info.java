/**
 * HTTP/1 between bytes and heads: a strict parser that refuses what is ambiguous, and a writer.
 * Shared by {@code client}, {@code upstream} and {@code edge}. Imports {@code http} and Netty's
 * buffers; no channel classes.
 */
@NullMarked
package dev.wick.gateway.codec;

import org.jspecify.annotations.NullMarked;
