/**
 * What happens to a connection and to a request before a route is looked for: which filter chain
 * takes it, whose it is, and what its path and its authority are read as. Pure; instances do it,
 * and the store explains by it. Imports {@code http}, and Netty's reading of IP addresses.
 */
@NullMarked
package dev.wick.entry;

import org.jspecify.annotations.NullMarked;
