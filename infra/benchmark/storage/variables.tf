variable "bucket" {
  description = "Name of the bucket that holds raw records and Prometheus snapshots; unique among all buckets of AWS."
  type        = string
  default     = "peagen-bench"
}

variable "retention_days" {
  description = "After how many days raw records and snapshots are deleted."
  type        = number
  default     = 30

  validation {
    condition     = var.retention_days >= 1 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number of days, at least 1."
  }
}

variable "abort_uploads_after_days" {
  description = "After how many days the parts of an upload that was never completed are deleted. An export can be resumed until then."
  type        = number
  default     = 2

  validation {
    condition     = var.abort_uploads_after_days >= 1 && floor(var.abort_uploads_after_days) == var.abort_uploads_after_days
    error_message = "abort_uploads_after_days must be a whole number of days, at least 1."
  }
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = { project = "peagen-bench" }
}
