package dev.wick.gateway.upstream;

/**
 * The hosts of a cluster as they are now. Immutable; replaced as a whole.
 *
 * @param known false until every name has been looked up once
 */
record HostSet(Host[] hosts, boolean known) {

    static final HostSet UNKNOWN = new HostSet(new Host[0], false);
}
