package io.embeddingexport.chaos.cluster;

/** Permissions of the job's user, who has only those that docs/deploy.md asks for. */
public interface Permissions {
  /** What can be taken away. */
  enum Permission {
    WRITE_RECORDS,
    WRITE_LETTERS,
    READ_INPUT,
    READ_CONFIGS,
    WRITE_TRANSACTIONS,
    READ_GROUP
  }

  void revoke(Permission permission);

  /** Grants everything again. */
  void grantAll();
}
