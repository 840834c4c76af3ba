/**
 * Wick as its users meet it: packaged processes on free ports, real upstreams. Imports the harness
 * alone.
 */
@NullMarked
package dev.wick.e2e;

import org.jspecify.annotations.NullMarked;
