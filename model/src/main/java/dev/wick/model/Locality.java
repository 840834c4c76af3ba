package dev.wick.model;

/** Where hosts are. Empty texts: not said. */
public record Locality(String region, String zone, String subZone) {

    public static final Locality UNKNOWN = new Locality("", "", "");
}
