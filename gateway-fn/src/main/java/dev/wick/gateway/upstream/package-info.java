/**
 * Which host a request goes to, and the way there: clusters, load balancing, connection pools,
 * limits. Imports {@code http}, {@code balance}, {@code codec}, {@code http2}, {@code client},
 * {@code observe}, {@code health} and Netty.
 */
@NullMarked
package dev.wick.gateway.upstream;

import org.jspecify.annotations.NullMarked;
