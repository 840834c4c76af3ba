/**
 * The event loops, and one small HTTP/1.1 client for what the gateway itself asks. Imports {@code
 * http}, {@code codec} and Netty.
 */
@NullMarked
package dev.wick.gateway.client;

import org.jspecify.annotations.NullMarked;
