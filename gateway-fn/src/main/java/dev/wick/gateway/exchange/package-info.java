/**
 * Carries one request through one snapshot: from its head to a route, to a cluster or an answer of
 * the gateway's own, and back to the client. Imports {@code format}, {@code hash}, {@code http},
 * {@code entry}, {@code route}, {@code balance}, {@code observe}, {@code client}, {@code overload},
 * {@code upstream}, {@code snapshot}, {@code live} and Netty's buffers.
 */
@NullMarked
package dev.wick.gateway.exchange;

import org.jspecify.annotations.NullMarked;
