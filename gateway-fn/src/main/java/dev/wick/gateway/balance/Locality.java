package dev.wick.gateway.balance;

/** Where hosts are. Empty texts: unknown. */
public record Locality(String region, String zone, String subZone) implements Comparable<Locality> {

    public static final Locality UNKNOWN = new Locality("", "", "");

    @Override
    public int compareTo(Locality other) {
        int order = region.compareTo(other.region);
        order = order == 0 ? zone.compareTo(other.zone) : order;
        return order == 0 ? subZone.compareTo(other.subZone) : order;
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof Locality that
                && region.equals(that.region)
                && zone.equals(that.zone)
                && subZone.equals(that.subZone);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * region.hashCode() + zone.hashCode()) + subZone.hashCode();
    }
}
