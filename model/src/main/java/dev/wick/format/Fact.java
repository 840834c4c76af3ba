package dev.wick.format;

/** What may be asked of a request by a command without an argument; Envoy's names. */
public enum Fact {
    BYTES_RECEIVED(true),
    BYTES_SENT(true),
    CONNECTION_ID(true),
    DOWNSTREAM_DIRECT_REMOTE_ADDRESS(false),
    DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT(false),
    DOWNSTREAM_DIRECT_REMOTE_PORT(true),
    DOWNSTREAM_LOCAL_ADDRESS(false),
    DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT(false),
    DOWNSTREAM_LOCAL_PORT(true),
    DOWNSTREAM_REMOTE_ADDRESS(false),
    DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(false),
    DOWNSTREAM_REMOTE_PORT(true),
    DURATION(true),
    GRPC_STATUS(false),
    GRPC_STATUS_NUMBER(true),
    LOCAL_REPLY_BODY(false),
    PROTOCOL(false),
    REQUEST_DURATION(true),
    RESPONSE_CODE(true),
    RESPONSE_CODE_DETAILS(false),
    RESPONSE_DURATION(true),
    RESPONSE_FLAGS(false),
    RESPONSE_FLAGS_LONG(false),
    RESPONSE_TX_DURATION(true),
    ROUTE_NAME(false),
    STREAM_ID(false),
    UPSTREAM_CLUSTER(false),
    UPSTREAM_CLUSTER_RAW(false),
    UPSTREAM_HOST(false),
    VIRTUAL_CLUSTER_NAME(false);

    private final boolean number;

    Fact(boolean number) {
        this.number = number;
    }

    /** Whether JSON has it as a number. */
    public boolean isNumber() {
        return number;
    }
}
