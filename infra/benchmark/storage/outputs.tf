output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.records.bucket
}

output "exporter_policy" {
  description = "An IAM policy that allows what `bench export` does, as JSON."
  value       = data.aws_iam_policy_document.exporter.json
}
