/**
 * The compiled route table of a virtual host: which rule a request meets, and what that rule asks
 * for. Pure and immutable. Imports {@code format}, {@code http} and RE2/J.
 */
@NullMarked
package dev.wick.route;

import org.jspecify.annotations.NullMarked;
