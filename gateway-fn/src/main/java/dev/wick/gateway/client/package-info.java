/**
 * The event loops and their deadlines, sockets that outlive the process, and small clients for what
 * the gateway itself asks: HTTP/1.1, HTTP/2, DNS, TCP. Imports {@code http}, {@code codec} and
 * Netty.
 */
@NullMarked
package dev.wick.gateway.client;

import org.jspecify.annotations.NullMarked;
