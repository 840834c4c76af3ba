/**
 * What keeps the instance, and the hosts behind it, from more work than they can bear: how full
 * memory is and what is shed for it; how many requests run at once. Knows no request. Imports
 * {@code client}, {@code observe} and Netty's counters of its memory.
 */
@NullMarked
package dev.wick.gateway.overload;

import org.jspecify.annotations.NullMarked;
