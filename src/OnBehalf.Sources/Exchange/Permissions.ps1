# Takes a picture of who may open, send as and send on behalf of mailboxes, where sent copies go and what is audited.
# It only reads. It needs the module ExchangeOnlineManagement and the role Global Reader or View-Only Organization
# Management. Run it where you are signed in, or let it sign you in:
#
#   ./permissions.ps1 -Path permissions.json
#   onbehalf permissions import permissions.json
#
# With -Mailbox only these are looked at, of whatever kind; without, all shared mailboxes.
param(
    [string[]] $Mailbox = @(),
    [string] $Path = 'permissions.json'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Get-EXOMailbox -ErrorAction SilentlyContinue)) {
    throw 'Install the module first: Install-Module ExchangeOnlineManagement -Scope CurrentUser'
}
if (-not (Get-ConnectionInformation | Where-Object State -eq 'Connected')) { Connect-ExchangeOnline -ShowBanner:$false }

# Texts only: objects lose their names on the way through ConvertTo-Json.
function Get-Text($Value) { if ($null -eq $Value) { $null } else { "$Value" } }
function Get-Texts($Value) { , @($Value | Where-Object { $null -ne $_ } | ForEach-Object { "$_" }) }

function Get-Row($Recipient, [bool] $Wanted) {
    [ordered]@{
        OnBehalfWanted = $Wanted
        Identity = Get-Text $Recipient.Identity
        Name = Get-Text $Recipient.Name
        DisplayName = Get-Text $Recipient.DisplayName
        Alias = Get-Text $Recipient.Alias
        Guid = Get-Text $Recipient.Guid
        ExternalDirectoryObjectId = Get-Text $Recipient.ExternalDirectoryObjectId
        DistinguishedName = Get-Text $Recipient.DistinguishedName
        LegacyExchangeDN = Get-Text $Recipient.LegacyExchangeDN
        UserPrincipalName = Get-Text $Recipient.UserPrincipalName
        PrimarySmtpAddress = Get-Text $Recipient.PrimarySmtpAddress
        EmailAddresses = Get-Texts $Recipient.EmailAddresses
        RecipientTypeDetails = Get-Text $Recipient.RecipientTypeDetails
        MailboxRegion = Get-Text $Recipient.MailboxRegion
    }
}

function Get-MailboxRow($Found) {
    $row = Get-Row $Found $true
    $row.GrantSendOnBehalfTo = Get-Texts $Found.GrantSendOnBehalfTo
    $row.MessageCopyForSentAsEnabled = [bool] $Found.MessageCopyForSentAsEnabled
    $row.MessageCopyForSendOnBehalfEnabled = [bool] $Found.MessageCopyForSendOnBehalfEnabled
    $row.AuditEnabled = [bool] $Found.AuditEnabled
    $row.AuditDelegate = Get-Texts $Found.AuditDelegate
    $row.DefaultAuditSet = Get-Texts $Found.DefaultAuditSet
    $row.SKUAssigned = if ($null -eq $Found.SKUAssigned) { $null } else { [bool] $Found.SKUAssigned }
    $row.HiddenFromAddressListsEnabled = [bool] $Found.HiddenFromAddressListsEnabled
    $row
}

$rows = [System.Collections.Generic.List[object]]::new()
$names = [System.Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)

$found = if ($Mailbox.Count -gt 0) {
    foreach ($one in $Mailbox) {
        $recipient = Get-Recipient -Identity $one
        if ("$($recipient.RecipientTypeDetails)" -like '*Mailbox' -and "$($recipient.RecipientTypeDetails)" -ne 'GroupMailbox') {
            Get-Mailbox -Identity $one
        } else { $rows.Add((Get-Row $recipient $true)) }
    }
} else { Get-Mailbox -RecipientTypeDetails SharedMailbox -ResultSize Unlimited }

$done = 0
foreach ($one in @($found)) {
    $done++
    Write-Progress -Activity 'Permissions' -Status "$($one.PrimarySmtpAddress)" -PercentComplete (100 * $done / @($found).Count)
    $row = Get-MailboxRow $one
    $rows.Add($row)
    foreach ($name in $row.GrantSendOnBehalfTo) { [void] $names.Add($name) }
    foreach ($right in Get-MailboxPermission -Identity $one.Guid.ToString()) {
        [void] $names.Add("$($right.User)")
        $rows.Add([ordered]@{
            OnBehalfMailbox = $row.PrimarySmtpAddress; User = Get-Text $right.User; AccessRights = Get-Texts $right.AccessRights
            IsInherited = [bool] $right.IsInherited; Deny = "$($right.Deny)" -eq 'True'
        })
    }
    foreach ($right in Get-RecipientPermission -Identity $one.Guid.ToString()) {
        [void] $names.Add("$($right.Trustee)")
        $rows.Add([ordered]@{
            OnBehalfMailbox = $row.PrimarySmtpAddress; Trustee = Get-Text $right.Trustee; AccessRights = Get-Texts $right.AccessRights
            IsInherited = [bool] $right.IsInherited; AccessControlType = Get-Text $right.AccessControlType
        })
    }
}

# Who is meant by the names, who is in the groups, and who is exempt from auditing.
foreach ($name in $names) {
    if ($name -like 'NT AUTHORITY\*' -or $name -like 'S-1-5-*') { continue }
    $recipient = Get-Recipient -Identity $name -ErrorAction SilentlyContinue
    if ($null -eq $recipient) { continue }
    foreach ($one in @($recipient)) {
        if ("$($one.RecipientTypeDetails)" -like '*Group*') {
            $rows.Add((Get-Row $one $false))
            $members = @(Get-DistributionGroupMember -Identity $one.Guid.ToString() -ResultSize Unlimited -ErrorAction SilentlyContinue)
            $rows.Add([ordered]@{
                OnBehalfGroup = Get-Text $one.PrimarySmtpAddress; Members = Get-Texts $members.PrimarySmtpAddress
            })
        } else {
            $mailbox = Get-Mailbox -Identity $one.Guid.ToString() -ErrorAction SilentlyContinue
            $rows.Add((Get-Row $(if ($mailbox) { $mailbox } else { $one }) $false))
            $bypass = Get-MailboxAuditBypassAssociation -Identity $one.Guid.ToString() -ErrorAction SilentlyContinue
            if ($bypass) {
                $rows.Add([ordered]@{
                    OnBehalfMailbox = Get-Text $one.PrimarySmtpAddress; AuditBypassEnabled = [bool] $bypass.AuditBypassEnabled
                })
            }
        }
    }
}

$audit = Get-AdminAuditLogConfig
$rows.Add([ordered]@{ UnifiedAuditLogIngestionEnabled = [bool] $audit.UnifiedAuditLogIngestionEnabled })
$organisation = Get-OrganizationConfig
$rows.Add([ordered]@{ AuditDisabled = [bool] $organisation.AuditDisabled })

$json = [ordered]@{ OnBehalfTakenAt = [DateTime]::UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"); Rows = $rows } |
    ConvertTo-Json -Depth 6 -Compress
[IO.File]::WriteAllText([IO.Path]::Combine((Get-Location).ProviderPath, $Path), $json)
Write-Host "$($rows.Count) rows are in $Path. Next: onbehalf permissions import $Path"
