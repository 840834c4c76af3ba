/**
 * What the store says: pulls the listener set and slices, follows their changes, reports. Knows no
 * runtime type. Imports {@code model}, {@code model.wire}, {@code http}, {@code client} and
 * Jackson's streaming parser.
 */
@NullMarked
package dev.wick.gateway.feed;

import org.jspecify.annotations.NullMarked;
