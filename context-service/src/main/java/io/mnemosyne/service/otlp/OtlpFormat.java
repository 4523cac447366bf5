package io.mnemosyne.service.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** The two forms in which an export comes; it is answered in the same one. */
public enum OtlpFormat {
    PROTOBUF("application/x-protobuf") {
        @Override
        ExportTraceServiceRequest parse(byte[] body) throws MalformedException {
            try {
                return ExportTraceServiceRequest.parseFrom(body);
            } catch (InvalidProtocolBufferException e) {
                throw new MalformedException("the body is no ExportTraceServiceRequest in binary protobuf", e);
            }
        }

        @Override
        byte[] answer(int refused, String message) {
            return refused == 0
                    ? new byte[0]
                    : ExportTraceServiceResponse.newBuilder().setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(refused).setErrorMessage(message)).build().toByteArray();
        }

        // A google.rpc.Status, whose class is in none of the libraries here.
        @Override
        public byte[] problem(int code, String message) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                out.writeInt32(1, code);
                out.writeString(2, message);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory cannot fail", e);
            }
            return bytes.toByteArray();
        }
    },
    JSON("application/json") {
        @Override
        ExportTraceServiceRequest parse(byte[] body) throws MalformedException {
            return OtlpJson.read(body);
        }

        @Override
        byte[] answer(int refused, String message) {
            return bytes(refused == 0
                    ? "{}"
                    : "{\"partialSuccess\":{\"rejectedSpans\":\"" + refused + "\",\"errorMessage\":"
                            + AttributeJson.of(message) + "}}");
        }

        @Override
        public byte[] problem(int code, String message) {
            return bytes("{\"code\":" + code + ",\"message\":" + AttributeJson.of(message) + "}");
        }
    };

    private static final int MAX_TOLD = 20;

    private final String contentType;

    OtlpFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The form that a content type names, if it is one of the two. */
    public static Optional<OtlpFormat> of(String contentType) {
        String plain = contentType.split(";", 2)[0].strip();
        for (OtlpFormat format : values()) {
            if (format.contentType.equalsIgnoreCase(plain)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    public String contentType() {
        return contentType;
    }

    /** @throws MalformedException if the body is not in this form */
    public OtlpSpans read(byte[] body) throws MalformedException {
        return OtlpSpans.of(parse(body));
    }

    /**
     * The body of a success.
     *
     * @param refused what is wrong with each span that was not taken and need not be sent again
     */
    public byte[] answer(List<String> refused) {
        String more = refused.size() > MAX_TOLD ? "; and " + (refused.size() - MAX_TOLD) + " more" : "";
        return answer(refused.size(), String.join("; ", refused.subList(0, Math.min(MAX_TOLD, refused.size()))) + more);
    }

    /**
     * The body of a failure.
     *
     * @param code of {@code google.rpc.Code}
     */
    public abstract byte[] problem(int code, String message);

    abstract ExportTraceServiceRequest parse(byte[] body) throws MalformedException;

    abstract byte[] answer(int refused, String message);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
