/**
 * Request head, response head, headers: what routing and filters may see of a message. A head is a
 * mutable view owned by its event loop. Imports nothing but Netty's buffers.
 */
@NullMarked
package dev.wick.http;

import org.jspecify.annotations.NullMarked;
