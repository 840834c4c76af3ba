package dev.wick.store.access;

/** What a request asks for, as far as roles differ in it. */
public enum Permission {
    /** Configuration, history, plans, explanations, metrics; secrets are redacted. */
    READ,
    /** Change configuration. */
    WRITE,
    /** See, add and revoke tokens. */
    TOKENS,
    /** Draw slices and follow them. */
    DRAW,
    /** Report what an instance serves. */
    REPORT;

    /**
     * Whether the role has it. An admin may draw slices too, to see what an instance sees; their
     * secrets stay redacted.
     */
    public boolean heldBy(Role role) {
        return switch (role) {
            case ADMIN -> this != REPORT;
            case READER -> this == READ;
            case INSTANCE -> this == DRAW || this == REPORT;
        };
    }
}
