/** The compiled route table of a virtual host: which rule a request meets. Pure. Imports {@code http} and RE2/J. */
@NullMarked
package dev.wick.route;

import org.jspecify.annotations.NullMarked;
