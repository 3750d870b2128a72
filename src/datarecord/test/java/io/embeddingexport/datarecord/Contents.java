package io.embeddingexport.datarecord;

import java.util.Map;
import java.util.Set;

/** What a record holds, independently of the reader. */
record Contents(
    Set<Long> binary,
    Map<Long, Double> continuous,
    Map<Long, Long> discrete,
    Map<Long, Bytes> string,
    Map<Long, Set<Bytes>> sparseBinary,
    Map<Long, Map<Bytes, Double>> sparseContinuous,
    Map<Long, Bytes> blob,
    Map<Long, Tensor> tensors,
    Map<Long, SparseTensor> sparseTensors) {

  static Contents of(DataRecordView view) {
    return new Contents(
        view.binaryFeatures(),
        view.continuousFeatures(),
        view.discreteFeatures(),
        view.stringFeatures(),
        view.sparseBinaryFeatures(),
        view.sparseContinuousFeatures(),
        view.blobFeatures(),
        view.tensors(),
        view.sparseTensors());
  }

  byte[] write() {
    DataRecordWriter writer = new DataRecordWriter();
    binary.forEach(writer::binary);
    continuous.forEach(writer::continuous);
    discrete.forEach(writer::discrete);
    string.forEach(writer::string);
    sparseBinary.forEach(writer::sparseBinary);
    sparseContinuous.forEach(writer::sparseContinuous);
    blob.forEach(writer::blob);
    tensors.forEach(writer::tensor);
    sparseTensors.forEach(writer::sparseTensor);
    return writer.write();
  }
}
