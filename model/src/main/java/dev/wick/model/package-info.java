/**
 * What a gateway is asked to do: listeners, filter chains, virtual hosts, routes, matches,
 * clusters, endpoints, secrets. Records and sealed types that cannot be wrong in themselves;
 * imports nothing.
 */
@NullMarked
package dev.wick.model;

import org.jspecify.annotations.NullMarked;
