/**
 * Which hosts of a cluster are well: outlier detection and active checks, which set the health
 * flags of {@link dev.wick.gateway.balance.Member}s. Knows no pool and no document. Imports {@code
 * http}, {@code balance}, {@code client} and {@code observe}.
 */
@NullMarked
package dev.wick.gateway.health;

import org.jspecify.annotations.NullMarked;
