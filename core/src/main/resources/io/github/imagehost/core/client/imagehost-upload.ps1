# Uploads the picture in the clipboard, or those that are named, and copies the links: imagehost-upload.ps1 [PATH...]
param([Parameter(ValueFromRemainingArguments)] [string[]] $Path)
$ErrorActionPreference = 'Stop'
$server = '{{server}}'
$token = '{{token}}'

if (-not $Path) {
    Add-Type -AssemblyName System.Windows.Forms
    $picture = [System.Windows.Forms.Clipboard]::GetImage()
    if (-not $picture) { throw 'There is no picture in the clipboard' }
    $Path = @(Join-Path $env:TEMP 'clipboard.png')
    $picture.Save($Path[0], [System.Drawing.Imaging.ImageFormat]::Png)
}
$headers = @{ 'Authorization' = "Bearer $token"; 'Accept-Language' = '{{language}}' }
$links = foreach ($file in $Path) {
    $name = [uri]::EscapeDataString([IO.Path]::GetFileName($file))
    try {
        (Invoke-RestMethod -Method Put -Uri "$server/api/upload/$name" -InFile $file -Headers $headers `
            -ContentType 'application/octet-stream').data.url
    } catch {
        if ($_.ErrorDetails) { throw ($_.ErrorDetails.Message | ConvertFrom-Json).message }
        throw
    }
}
$links | Set-Clipboard
$links
