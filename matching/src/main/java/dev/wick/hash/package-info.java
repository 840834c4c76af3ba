/** Hashes by which requests and hosts find each other, bit for bit as Envoy has them. Pure. */
@NullMarked
package dev.wick.hash;

import org.jspecify.annotations.NullMarked;
