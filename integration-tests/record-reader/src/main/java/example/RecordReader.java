package example;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import java.util.Arrays;
import java.util.HexFormat;

/** Prints the float tensors of a record given as hex. */
public final class RecordReader {
  private RecordReader() {}

  public static void main(String[] args) throws MalformedRecordException {
    byte[] record = HexFormat.of().parseHex(args[0]);
    DataRecordReader.read(record)
        .tensors()
        .forEach((key, tensor) -> System.out.println(key + " " + Arrays.toString(tensor.toFloats())));
  }
}
