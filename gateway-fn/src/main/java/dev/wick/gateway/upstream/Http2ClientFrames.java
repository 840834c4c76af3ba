package dev.wick.gateway.upstream;

import dev.wick.gateway.http2.ResponseFields;
import dev.wick.gateway.observe.ClusterMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;

/** Hears the frames that a host sends, and hands each to its stream. Confined to its loop. */
final class Http2ClientFrames extends Http2EventAdapter {

    private final Http2ClientConnection connection;
    private final ResponseFields fields;

    Http2ClientFrames(Http2ClientConnection connection, ResponseFields fields) {
        this.connection = connection;
        this.fields = fields;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        onHeadersRead(ctx, streamId, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        Http2ClientStream stream = connection.carrier(streamId);
        if (stream != null) {
            stream.headers(fields, end);
        }
    }

    @Override
    public int onDataRead(
            ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        Http2ClientStream stream = connection.carrier(streamId);
        return stream == null ? data.readableBytes() + padding : padding + stream.data(data, end);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
        connection.metrics.count(connection.index, ClusterMetrics.HTTP2_RX_RESET);
        Http2ClientStream stream = connection.carrier(streamId);
        if (stream != null) {
            stream.resetByHost(errorCode);
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
            throws Http2Exception {
        connection.tableSize(settings.headerTableSize());
        connection.settled(settings.maxConcurrentStreams());
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        connection.pinged();
    }

    @Override
    public void onGoAwayRead(
            ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData) {
        connection.goAway(lastStreamId);
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        connection.closed(stream);
    }
}
