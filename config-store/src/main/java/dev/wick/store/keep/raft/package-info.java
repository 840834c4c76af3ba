/**
 * The log, by jgroups-raft, and the bundle and base files: the store's only truth. The only package
 * that imports JGroups; imports keep and revision.
 */
@NullMarked
package dev.wick.store.keep.raft;

import org.jspecify.annotations.NullMarked;
