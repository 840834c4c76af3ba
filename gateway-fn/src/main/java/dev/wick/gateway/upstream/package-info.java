/**
 * Which host a request goes to, and the way there: clusters, load balancing, connection pools,
 * limits. Imports {@code http}, {@code codec}, {@code client}, {@code observe} and Netty.
 */
@NullMarked
package dev.wick.gateway.upstream;

import org.jspecify.annotations.NullMarked;
