package dev.wick.gateway.http2;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;

/** Decodes each block into the same fields, which are valid until the next. */
public final class FieldsDecoder extends DefaultHttp2HeadersDecoder {

    private final ReadFields fields;

    /**
     * @param mostOctets of names and values, and 32 for each field (RFC 9113, 6.5.2)
     */
    public FieldsDecoder(ReadFields fields, long mostOctets) {
        super(false, mostOctets);
        this.fields = fields;
    }

    @Override
    protected Http2Headers newHeaders() {
        return fields.cleared();
    }
}
