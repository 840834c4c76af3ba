/**
 * Settings, wiring, start and end of the process. Imports all the others; imported by none, and the
 * only package that knows Quarkus.
 */
@NullMarked
package dev.wick.gateway.boot;

import org.jspecify.annotations.NullMarked;
