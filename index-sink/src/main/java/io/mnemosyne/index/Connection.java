package io.mnemosyne.index;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** Opens connections to the cluster that the settings name. */
public final class Connection {
    private static final int CONNECT_SECONDS = 2;
    private static final int RESPONSE_SECONDS = 60;

    private Connection() {
    }

    /**
     * Connections to all nodes; none is opened before it is used.
     *
     * @throws IllegalArgumentException if the certificate of the settings cannot be used
     */
    public static OpenSearchTransport open(IndexSettings settings) {
        HttpHost[] hosts = settings.urls().stream().map(Connection::host).toArray(HttpHost[]::new);
        var manager = PoolingAsyncClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).build());
        settings.certificate().ifPresent(file -> manager.setTlsStrategy(
                ClientTlsStrategyBuilder.create().setSslContext(trusting(file)).buildAsync()));
        return ApacheHttpClient5TransportBuilder.builder(hosts).setMapper(new JacksonJsonpMapper(new ObjectMapper()))
                .setDefaultHeaders(headers(settings))
                .setHttpClientConfigCallback(client -> client.setConnectionManager(manager.build()))
                .setRequestConfigCallback(
                        request -> request.setResponseTimeout(RESPONSE_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    private static HttpHost host(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return new HttpHost(url.getScheme(), url.getHost(), port);
    }

    private static Header[] headers(IndexSettings settings) {
        return settings.credentials().stream()
                .map(login -> new BasicHeader("Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(
                                (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8))))
                .toArray(Header[]::new);
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot read the OpenSearch certificate " + file + ": it must be a PEM file", e);
        }
    }
}
