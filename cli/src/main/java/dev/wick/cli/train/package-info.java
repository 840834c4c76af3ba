/**
 * The rehearsal of a fresh build: real processes under real requests, from which their JVMs write
 * AOT caches. Imports arguments, store, command and up.
 */
@NullMarked
package dev.wick.cli.train;

import org.jspecify.annotations.NullMarked;
