/**
 * What is current: names held, unknown and being fetched; enter, offer, retire. Declares the port
 * by which a miss is drawn. Imports {@code client} and {@code snapshot}.
 */
@NullMarked
package dev.wick.gateway.live;

import org.jspecify.annotations.NullMarked;
