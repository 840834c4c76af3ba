/**
 * What may be forgotten, in embedded Infinispan caches. The only package that imports Infinispan;
 * imports keep.
 */
@NullMarked
package dev.wick.store.keep.infinispan;

import org.jspecify.annotations.NullMarked;
