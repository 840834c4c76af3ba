package dev.wick.gateway.boot;

/** Which Wick this is. */
final class Version {

    static final String TEXT = text();

    private Version() {}

    private static String text() {
        String packaged = Version.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }
}
