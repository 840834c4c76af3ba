package dev.wick.store.keep;

/** A bundle or base file: the SHA-256 of its content in hex, and its size in bytes. */
public record FileName(String sha256, long size) {

    public FileName {
        if (sha256.length() != 64 || size < 0) {
            throw new IllegalArgumentException("file: " + sha256 + " of " + size + " bytes");
        }
    }
}
