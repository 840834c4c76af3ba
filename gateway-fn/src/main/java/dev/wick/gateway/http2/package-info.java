/**
 * HTTP/2 between Netty's codec and heads, without a copy between them: what the decoder adds into,
 * as strict as the HTTP/1 parser; what the encoder reads from; and what is sent behind a head.
 * Shared by {@code upstream} and {@code edge}. Imports {@code http}, {@code codec} and Netty.
 */
@NullMarked
package dev.wick.gateway.http2;

import org.jspecify.annotations.NullMarked;
